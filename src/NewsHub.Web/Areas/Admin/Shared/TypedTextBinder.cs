using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;
using NewsHub.Core.Text;

namespace NewsHub.Web.Areas.Admin.Shared;

/// <summary>
/// Takes every text of a form or a query in by <see cref="TypedText"/>, before a page sees it. A password is exempt
/// (<see cref="DataType.Password"/>): it is compared sign by sign. What is one line by its meaning is made one by the page that reads it.
/// </summary>
internal sealed class TypedTextBinder(IModelBinder inner) : IModelBinder
{
    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        await inner.BindModelAsync(bindingContext);
        if (!bindingContext.Result.IsModelSet || bindingContext.Result.Model is not string typed) return;
        var text = TypedText.Text(typed);
        // What nobody would see was not filled in: a field that is needed says so.
        bindingContext.Result = ModelBindingResult.Success(TypedText.IsBlank(text) ? null : text);
    }

    internal sealed class Provider : IModelBinderProvider
    {
        public IModelBinder? GetBinder(ModelBinderProviderContext context)
        {
            if (context.Metadata.ModelType != typeof(string) || context.Metadata.DataTypeName == nameof(DataType.Password)) return null;
            var source = context.BindingInfo.BindingSource;
            if (source == BindingSource.Body || source == BindingSource.Header || source == BindingSource.Services) return null;
            return new TypedTextBinder(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()));
        }
    }
}
